export const LISTS = '/api/v1/lists';
export const FIRST_PAGE = '?limit=1000';
const PATIENCE = 15_000;

/**
 * What the page wants first, asked for while the rest of its script is on the way: this module has a
 * tag of its own and runs as soon as it is here.
 */
function wanted() {
  const [, list] = /^\/lists\/([0-9a-f]{32})(?:\/|$)/.exec(location.pathname) ?? [];
  const paths = [`${LISTS}${FIRST_PAGE}`];
  if (list) paths.push(`${LISTS}/${list}`, `${LISTS}/${list}/entries${FIRST_PAGE}`);
  return paths;
}

/** Whether the window is about to go, and with it what it has asked for, unless that is to be kept alive. */
let isLeaving = false;
addEventListener('pagehide', () => (isLeaving = true));
addEventListener('pageshow', () => (isLeaving = false));

/** Browsers keep so many bytes alive, and refuse what is longer. */
const KEPT_ALIVE = 60_000;

/** Asks the server, and not what the browser keeps. */
export function send(path, request = {}) {
  const keepalive = isLeaving && new Blob([request.body ?? '']).size < KEPT_ALIVE;
  return fetch(path, { ...request, keepalive, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
}

const asked = new Map(wanted().map((path) => [path, send(path)]));
for (const answer of asked.values()) answer.catch(() => {}); // who takes it hears of it

/** The answer on its way to a first GET of a path, once; undefined where none was asked for. */
export function early(path) {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}
