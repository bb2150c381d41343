package dev.tend.otp.ets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Some neighbouring nodes, each with the {@link Node#least} of those that have been in its slot; of
 * the first that is not asked for. One node can take the place of another; for more or fewer there
 * is another branch.
 */
final class Branch implements Node {
  static final int MOST = 64;
  private static final VarHandle NODE = MethodHandles.arrayElementVarHandle(Node[].class);

  private final Object[] least;
  private final Node[] nodes;

  private Branch(Object[] least, Node[] nodes) {
    this.least = least;
    this.nodes = nodes;
  }

  static Branch of(Node... nodes) {
    Object[] least = new Object[nodes.length];
    Arrays.setAll(least, slot -> nodes[slot].least());
    return new Branch(least, nodes.clone());
  }

  @Override
  public Object least() {
    return least[0];
  }

  int size() {
    return nodes.length;
  }

  boolean has(int slot) {
    return 0 <= slot && slot < nodes.length;
  }

  Node node(int slot) {
    return (Node) NODE.getVolatile(nodes, slot);
  }

  /** The slot in which a key is, if it is there; what is beside a place is there or next to it. */
  int slot(Object place, Comparator<Object> order) {
    return Node.after(least, 1, place, true, order) - 1;
  }

  // ---- changes, by the one writer ----

  void set(int slot, Node node) {
    NODE.setVolatile(nodes, slot, node);
  }

  /**
   * What comes in its place if in one slot there are two nodes, or none. As in {@link Leaf#with},
   * keys that come in order leave full branches behind.
   */
  Node[] with(int slot, Node[] instead) {
    int size = nodes.length + instead.length - 1;
    if (size == 0) {
      return new Node[0];
    }
    Object[] newLeast = new Object[size];
    Node[] newNodes = new Node[size];
    int rest = nodes.length - slot - 1;
    System.arraycopy(least, 0, newLeast, 0, slot);
    System.arraycopy(nodes, 0, newNodes, 0, slot);
    System.arraycopy(least, slot + 1, newLeast, size - rest, rest);
    System.arraycopy(nodes, slot + 1, newNodes, size - rest, rest);
    for (int i = 0; i < instead.length; i++) {
      newLeast[slot + i] = i == 0 ? least[slot] : instead[i].least();
      newNodes[slot + i] = instead[i];
    }
    if (size <= MOST) {
      return new Node[] {new Branch(newLeast, newNodes)};
    }
    int cut = rest == 0 ? size - 1 : slot == 0 ? 1 : size / 2;
    return new Node[] {
      new Branch(Arrays.copyOf(newLeast, cut), Arrays.copyOf(newNodes, cut)),
      new Branch(Arrays.copyOfRange(newLeast, cut, size), Arrays.copyOfRange(newNodes, cut, size))
    };
  }
}
