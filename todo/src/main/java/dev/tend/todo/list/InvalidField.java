package dev.tend.todo.list;

/** A value that a field does not take. The message is for the person who typed it. */
public final class InvalidField extends IllegalArgumentException {
  private final String field;

  public InvalidField(String field, String message) {
    super(message);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
