const LOCALE = document.documentElement.lang;
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const short = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const number = (n) => (n < 10 ? tenths : whole).format(n);
export const count = (n, one, many = `${one}s`) => (n === 1 ? `one ${one}` : `${whole.format(n)} ${many}`);
export const millis = (n) => (n === 0 ? '–' : n < 1 ? `${whole.format(n * 1000)} µs` : `${number(n)} ms`);
/** With its day, where that is another. */
export function time(iso) {
  const then = new Date(iso);
  return then.toDateString() === new Date().toDateString() ? clock.format(then) : `${day.format(then)}, ${clock.format(then)}`;
}

export const minute = (iso) => short.format(new Date(iso));

/** A span as one says it: its two largest units. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  if (minutes > 0) return `${minutes} min`;
  return `${seconds} s`;
}

/** What a node is, beside its name; nothing where its shape says enough. */
export function stateOf(node) {
  switch (node.state) {
    case 'restarting': return 'restarting';
    case 'quarantined': return `rests until ${minute(node.until)}`;
    case 'gone': return node.words ?? 'not running';
    default: return '';
  }
}
