import { early, LISTS, send } from './early.js';

export { FIRST_PAGE, LISTS } from './early.js';

/** Nobody answered: the server is gone, or the way to it. */
export class Unreachable extends Error {}

/**
 * Asks the server. Every answer is one, whatever its status; for none at all it throws Unreachable, also where one
 * on the way answers that the server does not.
 * @returns {Promise<{status: number, ok: boolean, body: any, revision: ?number, etag: ?string, retryAfter: number}>}
 */
export async function ask(method, path, { body, key, ifMatch, type = 'application/json' } = {}) {
  const headers = {};
  if (body !== undefined) headers['Content-Type'] = type;
  if (key) headers['Idempotency-Key'] = key;
  if (ifMatch) headers['If-Match'] = ifMatch;
  let response, text, said;
  try {
    const asked = method === 'GET' ? early(path) : undefined;
    response = await (asked ?? send(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }));
    text = await response.text();
    const isJson = response.headers.get('Content-Type')?.includes('json');
    said = text && (response.ok || isJson) ? JSON.parse(text) : null;
    if (response.status >= 500 && !said) throw new Error(text);
  } catch (cause) {
    throw new Unreachable(`${method} ${path} got no answer`, { cause });
  }
  const revision = Number(response.headers.get('Tend-Revision'));
  return {
    status: response.status,
    ok: response.ok,
    body: said,
    revision: revision || null,
    etag: response.headers.get('ETag'),
    retryAfter: 1000 * (Number(response.headers.get('Retry-After')) || 1),
  };
}

export const STATUS = '/api/v1/status';
export const listPath = (list) => `${LISTS}/${list}`;
export const entriesPath = (list) => `${listPath(list)}/entries`;
export const entryPath = (list, id) => `${entriesPath(list)}/${id}`;

/** Not a randomUUID: browsers have that only over HTTPS, and on the server's own machine. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
