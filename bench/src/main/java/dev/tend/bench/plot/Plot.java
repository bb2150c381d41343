package dev.tend.bench.plot;

import dev.tend.bench.measure.Figures;
import dev.tend.bench.measure.Measured;
import dev.tend.bench.measure.Run;
import dev.tend.bench.measure.Spread;
import dev.tend.bench.measure.Words;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A run as one SVG picture: a bar for each experiment at each level, with its value beside it and a
 * line from the slowest to the quickest round. The axis is logarithmic, and begins at a power of
 * ten, where the quickest is more than ten times as quick as the slowest.
 */
public final class Plot {
  private static final int WIDTH = 800;
  private static final int LEFT = 170;
  private static final int RIGHT = 660;
  private static final int TOP = 78;
  private static final int BAR = 16;
  private static final int ROW = 26;
  private static final int GROUP = 44;
  private static final String INK = "#22303a";
  private static final String QUIET = "#6b7780";
  private static final String GRID = "#e3e7ea";
  private static final String WHISKER = "#0b3b40";
  private static final List<String> COLOURS =
      List.of("#b8c4c9", "#8fb8b6", "#5aa3a1", "#1f7f7e", "#c9b98f", "#d9dee1");

  private final Run run;
  private final Scale scale;

  private Plot(Run run) {
    this.run = run;
    this.scale = Scale.of(run);
  }

  /** Where a rate is on the axis. */
  private record Scale(double low, double high, boolean isLogarithmic) {
    static Scale of(Run run) {
      double least = run.measured().stream().mapToDouble(m -> m.rate().min()).min().orElse(0);
      double most = run.measured().stream().mapToDouble(m -> m.rate().max()).max().orElse(1);
      return most > 10 * least
          ? new Scale(Math.pow(10, Math.floor(Math.log10(least))), most, true)
          : new Scale(0, most, false);
    }

    double x(double rate) {
      double part =
          isLogarithmic ? Math.log(rate / low) / Math.log(high / low) : (rate - low) / (high - low);
      return LEFT + Math.clamp(part, 0, 1) * (RIGHT - LEFT);
    }

    List<Double> ticks() {
      if (!isLogarithmic) {
        return List.of(0.0, high / 4, high / 2, 3 * high / 4, high);
      }
      return java.util.stream.DoubleStream.iterate(low, tick -> tick <= high, tick -> tick * 10)
          .boxed()
          .toList();
    }
  }

  /** The picture, whole: nothing else is needed to show it. */
  public static String svg(Run run) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new Plot(run).draw(xml);
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.append('\n').toString();
  }

  private void draw(XMLStreamWriter xml) throws XMLStreamException {
    int rows = run.levels().stream().mapToInt(level -> run.at(level).size() * ROW + GROUP).sum();
    int bottom = TOP + rows;
    int height = bottom + 34 + 16 * run.about().size();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("svg");
    xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
    xml.writeAttribute("viewBox", "0 0 " + WIDTH + " " + height);
    xml.writeAttribute("role", "img");
    xml.writeAttribute("font-family", "system-ui, sans-serif");
    xml.writeStartElement("title");
    xml.writeCharacters("Operations a second, by experiment and number of clients");
    xml.writeEndElement();
    rect(xml, 0, 0, WIDTH, height, "#ffffff");
    text(xml, 24, 34, "start", 20, INK, "Operations a second");
    text(
        xml,
        24,
        56,
        "start",
        13,
        QUIET,
        "all clients together, median of the rounds; the line goes from the slowest to the quickest"
            + (scale.isLogarithmic() ? "; logarithmic" : ""));
    for (double tick : scale.ticks()) {
      rect(xml, scale.x(tick), TOP, 1, rows - 10, GRID);
      text(xml, scale.x(tick), bottom + 8, "middle", 12, QUIET, Figures.brief(tick));
    }
    int y = TOP;
    for (int level : run.levels()) {
      text(xml, 24, y + 18, "start", 15, INK, Words.clients(level));
      y += GROUP - ROW / 2;
      for (Measured cell : run.at(level)) {
        bar(xml, cell, y);
        y += ROW;
      }
      y += ROW / 2;
    }
    int line = bottom + 32;
    for (String about : run.about()) {
      text(xml, 24, line, "start", 11, QUIET, about);
      line += 16;
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private void bar(XMLStreamWriter xml, Measured cell, int y) throws XMLStreamException {
    Spread rate = cell.rate();
    int colour = List.copyOf(run.experiments()).indexOf(cell.experiment()) % COLOURS.size();
    text(xml, LEFT - 10, y + 13, "end", 13, INK, cell.experiment());
    rect(xml, LEFT, y, scale.x(rate.median()) - LEFT, BAR, COLOURS.get(colour));
    rect(xml, scale.x(rate.min()), y + 7, scale.x(rate.max()) - scale.x(rate.min()), 2, WHISKER);
    text(
        xml,
        scale.x(rate.max()) + 8,
        y + 13,
        "start",
        13,
        INK,
        Figures.brief(rate.median()) + (rate.disagrees() ? " ~" : ""));
  }

  private static void rect(
      XMLStreamWriter xml, double x, double y, double width, double height, String fill)
      throws XMLStreamException {
    xml.writeEmptyElement("rect");
    xml.writeAttribute("x", number(x));
    xml.writeAttribute("y", number(y));
    xml.writeAttribute("width", number(Math.max(1, width)));
    xml.writeAttribute("height", number(height));
    xml.writeAttribute("fill", fill);
  }

  private static void text(
      XMLStreamWriter xml, double x, double y, String anchor, int size, String fill, String words)
      throws XMLStreamException {
    xml.writeStartElement("text");
    xml.writeAttribute("x", number(x));
    xml.writeAttribute("y", number(y));
    xml.writeAttribute("text-anchor", anchor);
    xml.writeAttribute("font-size", Integer.toString(size));
    xml.writeAttribute("fill", fill);
    xml.writeCharacters(words);
    xml.writeEndElement();
  }

  private static String number(double value) {
    return String.format(java.util.Locale.ROOT, "%.1f", value);
  }
}
