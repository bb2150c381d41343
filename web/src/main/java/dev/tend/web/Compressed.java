package dev.tend.web;

import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.EtagUtils;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers in fewer bytes for those who accept it; but no event stream, which must not be held. What
 * is sent in fewer bytes is unpacked by {@link Body}: of a body that breaks off Jetty's own
 * unpacking says for ever that more is about to come.
 */
final class Compressed {
  private static final int NOT_WORTH_IT = 512;

  /** What makes a compressed answer's tag another one than that of the same, not compressed. */
  private static final String OF_COMPRESSED = EtagUtils.ETAG_SEPARATOR + "gzip";

  private Compressed() {}

  static Handler of(Handler handler) {
    GzipCompression gzip = new GzipCompression();
    gzip.setMinCompressSize(NOT_WORTH_IT);
    CompressionHandler compressed =
        new CompressionHandler(handler) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return super.handle(mayTakeIt(request) ? request : plain(request), response, callback);
          }
        };
    compressed.putCompression(gzip);
    compressed.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .compressIncludeMimeType("text/html")
            .compressIncludeMimeType("text/css")
            .compressIncludeMimeType("text/javascript")
            .compressIncludeMimeType("text/plain")
            .compressIncludeMimeType("text/csv")
            // Compared with all its parameters but the charset.
            .compressIncludeMimeType("text/plain; version=0.0.4")
            .compressIncludeMimeType("application/openmetrics-text; version=1.0.0")
            .compressIncludeMimeType("image/svg+xml")
            .compressIncludeMimeType("application/json")
            .compressIncludeMimeType("application/problem+json")
            .decompressExcludeEncoding(gzip.getEncodingName())
            .build());
    return compressed;
  }

  private static boolean mayTakeIt(Request request) {
    HttpFields headers = request.getHeaders();
    return !headers.contains(HttpHeader.ACCEPT_ENCODING)
        || headers.getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
            .anyMatch(encoding -> encoding.equals("*") || encoding.equalsIgnoreCase("gzip"));
  }

  /**
   * The request of a client that does not take it, also if it takes nothing else (RFC 9110
   * §12.5.3): Jetty refuses that with 415, which is about what a client sends.
   */
  private static Request plain(Request request) {
    HttpFields headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.ACCEPT_ENCODING);
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
  }

  /** Tags as answers have them that are not compressed. In a request's headers they are those. */
  static String uncompressed(String tags) {
    return tags.replace(OF_COMPRESSED + '"', "\"");
  }

  /** A tag as a client that takes compressed answers has asked about it. */
  static String askedAbout(Request request, String tag) {
    String compressed = tag.substring(0, tag.length() - 1) + OF_COMPRESSED + '"';
    HttpFields headers = Request.unWrap(request).getHeaders();
    return String.join(",", headers.getValuesList(HttpHeader.IF_NONE_MATCH)).contains(compressed)
        ? compressed
        : tag;
  }
}
