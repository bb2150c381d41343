const LISTS = '/api/v1/lists';
const PAGE = '?limit=1000';
const PATIENCE = 15_000;

/**
 * What the page wants first, asked for while the rest of its script is on the way: this module has a
 * tag of its own and runs as soon as it is here.
 */
function wanted() {
  const [, list] = /^\/lists\/([0-9a-f]{32})(?:\/|$)/.exec(location.pathname) ?? [];
  const paths = [`${LISTS}${PAGE}`];
  if (list) paths.push(`${LISTS}/${list}`, `${LISTS}/${list}/entries${PAGE}`);
  return paths;
}

const asked = new Map(wanted().map((path) => [path, get(path)]));

function get(path) {
  const answer = fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
  answer.catch(() => {}); // who takes it hears of it
  return answer;
}

/** The answer on its way to a first GET of a path, once; undefined where none was asked for. */
export function early(path) {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}
