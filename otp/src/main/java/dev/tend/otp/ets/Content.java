package dev.tend.otp.ets;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a table keeps under one key: the row itself or, where there can be several, a {@link Chain}
 * of rows. Null stands for none. All contents are immutable.
 */
enum Content {
  ROW {
    @Override
    Object plus(@Nullable Object content, Object row) {
      return row;
    }

    @Override
    @Nullable Object without(Object content, Predicate<Object> condition) {
      return condition.test(content) ? null : content;
    }

    @Override
    void forEach(Object content, Consumer<Object> action) {
      action.accept(content);
    }

    @Override
    int size(@Nullable Object content) {
      return content == null ? 0 : 1;
    }
  },

  DIFFERENT_ROWS {
    @Override
    Object plus(@Nullable Object content, Object row) {
      Chain chain = (Chain) content;
      return chain != null && chain.contains(row) ? chain : new Chain(row, chain);
    }
  },

  ROWS {
    @Override
    Object plus(@Nullable Object content, Object row) {
      return new Chain(row, (Chain) content);
    }
  };

  abstract Object plus(@Nullable Object content, Object row);

  Object plus(@Nullable Object content, List<?> rows) {
    Object all = plus(content, rows.getFirst());
    for (Object row : rows.subList(1, rows.size())) {
      all = plus(all, row);
    }
    return all;
  }

  /** The content without the rows that the condition holds for; itself if there are none. */
  @Nullable Object without(Object content, Predicate<Object> condition) {
    return ((Chain) content).without(condition);
  }

  /** The rows, first inserted first. */
  void forEach(Object content, Consumer<Object> action) {
    ((Chain) content).rows().forEach(action);
  }

  int size(@Nullable Object content) {
    return content == null ? 0 : ((Chain) content).size();
  }
}
