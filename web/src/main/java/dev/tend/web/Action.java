package dev.tend.web;

/** What answers the requests of one route. */
@FunctionalInterface
interface Action {

  /**
   * Runs on the request's own thread and may block.
   *
   * @throws Refusal if the answer is a problem
   */
  Answer answer(Exchange exchange);
}
