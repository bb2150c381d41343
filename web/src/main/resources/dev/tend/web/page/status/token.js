const KEPT = 'tend.token';
const [, given] = /^#token=(.+)$/.exec(location.hash) ?? [];

if (given) history.replaceState(null, '', location.pathname);

/** A browser may keep nothing at all. */
function kept() {
  try {
    if (given) sessionStorage.setItem(KEPT, given);
    return sessionStorage.getItem(KEPT);
  } catch {
    return given;
  }
}

/** What allows to kill, if this window was opened with it. */
export const token = kept();

/** Kills a process; a promise of whether that was taken. */
export async function kill(pid) {
  const response = await fetch(`/api/v1/status/processes/${pid}/kill`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  return response.ok;
}
