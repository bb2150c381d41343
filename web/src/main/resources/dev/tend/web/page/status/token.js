const KEPT = 'tend.token';
const [, given] = /^#token=(.+)$/.exec(location.hash) ?? [];

if (given) {
  sessionStorage.setItem(KEPT, given);
  history.replaceState(null, '', location.pathname);
}

/** What allows to kill, if this window was opened with it. */
export const token = sessionStorage.getItem(KEPT);

/** Kills a process; a promise of whether that was taken. */
export async function kill(pid) {
  const response = await fetch(`/api/v1/status/processes/${pid}/kill`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  return response.ok;
}
