/**
 * What a list looks like once everything has happened that is waiting to be sent: the entries the
 * server has told of, and on them the pending changes, in their order. What has moved is as it was
 * until the list that it moved to has been told of.
 */
export function overlay(list, entries, changes) {
  const seen = new Map(entries);
  for (const change of changes) {
    if (change.refused) continue;
    const now = seen.get(change.entry);
    switch (change.kind) {
      case 'add':
        seen.set(change.entry, { ...BLANK, ...change.fields, key: change.entry, list: change.list, pending: isPending(change) });
        break;
      case 'update':
        if (now) seen.set(change.entry, { ...now, ...change.fields, pending: now.pending || isPending(change) });
        break;
      case 'delete':
        seen.delete(change.entry);
        break;
      case 'move':
        if (change.to === list) seen.set(change.entry, now ?? shown(change, list));
        else seen.delete(change.entry);
        break;
      case 'back':
        if (change.from === list) seen.delete(change.entry);
        else seen.set(change.entry, now ?? shown(change, list));
        break;
      case 'undo':
        if (change.before) seen.set(change.entry, shown(change, list));
        else seen.delete(change.entry);
        break;
      default:
    }
  }
  return seen;
}

const shown = (change, list) => ({ ...change.before, list, pending: isPending(change) });

const BLANK = { id: null, title: '', date: null, done: false, notes: '', revision: 0, etag: null };

const isPending = (change) => change.revision === undefined;
