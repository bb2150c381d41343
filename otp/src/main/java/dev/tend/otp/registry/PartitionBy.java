package dev.tend.otp.registry;

/** What decides in which partition a duplicate registry keeps an entry. */
public enum PartitionBy {
  /**
   * The registrant: for few keys with many entries each (one topic, many subscribers). A key is
   * looked up in all partitions, and can be dispatched to in parallel.
   */
  PID,
  /**
   * The key: for many keys with few entries each (many topics, few subscribers). A key is looked up
   * in one partition; a process is linked to each partition that it has a key in.
   */
  KEY
}
