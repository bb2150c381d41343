import { entriesPath, entryPath, listPath, LISTS, newKey } from './api.js';

const MERGE = 'application/merge-patch+json';

/** The request that makes a change: what `ask` takes. */
export function requestOf({ kind, key, list, at, fields, ifMatch, to, ofRevision }) {
  switch (kind) {
    case 'add': return ['POST', entriesPath(list), { key, body: fields }];
    case 'update': return ['PATCH', entryPath(list, at?.id ?? 0), { key, body: fields, ifMatch, type: MERGE }];
    case 'delete': return ['DELETE', entryPath(list, at?.id ?? 0), { key }];
    case 'move': return ['POST', `${entryPath(list, at?.id ?? 0)}/move`, { key, body: { to } }];
    case 'back': return ['POST', `${entryPath(at?.list, at?.id ?? 0)}/move`, { key, body: { to: list } }];
    case 'undo': return ['POST', `${listPath(list)}/undo`, { key, body: { revision: ofRevision } }];
    case 'create': return ['POST', LISTS, { key, body: fields }];
    case 'rename': return ['PATCH', listPath(list), { key, body: fields, type: MERGE }];
    case 'remove': return ['DELETE', listPath(list), { key }];
    case 'restore': return ['POST', `${listPath(list)}/restore`, { key }];
    default: throw new Error(`what is ${kind}?`);
  }
}

/** Additions to one list, together. Each acts once under its own key; the request's key is used once. */
export function requestOfAll(additions) {
  const commands = additions.map(({ key, fields }) => ({ key, add: fields }));
  return ['POST', `${listPath(additions[0].list)}/batch`, { key: newKey(), body: { commands } }];
}

/** What a batch's answer says of each of its commands. */
export const answersIn = ({ body }) => body.results.map(({ status, revision, entry, problem, retryAfter = 1 }) => (
  { status, ok: status < 300, revision, body: problem ?? entry, retryAfter: 1_000 * retryAfter }));
