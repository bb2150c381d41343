package dev.tend.app.config;

import java.nio.file.Path;

/** Where a value in force comes from. */
public sealed interface Origin {

  record Option(String name) implements Origin {
    @Override
    public String toString() {
      return "option " + name;
    }
  }

  record Environment(String variable) implements Origin {
    @Override
    public String toString() {
      return "environment " + variable;
    }
  }

  record File(Path path, int line) implements Origin {
    @Override
    public String toString() {
      return path + ", line " + line;
    }
  }

  /** Nobody has said anything. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
