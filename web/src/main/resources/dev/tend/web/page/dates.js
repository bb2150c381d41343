const DAY = 86_400_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Later ones have no such form. */
const LAST = '9999-12-31';

export const ACCEPTED = 'Say it like tomorrow, fri, +3d, 19 dec or 2026-12-19.';

// A day is its ISO form, and arithmetic is done in UTC, where each has 24 hours.
const utc = (iso) => new Date(`${iso}T00:00Z`);
// Date.UTC takes the years before 100 for those of the last century.
const dayOf = (year, month, date) => new Date(new Date(0).setUTCFullYear(year, month, date));
const iso = (date) => (date.getUTCFullYear() > 9999 ? LAST : date.toISOString().slice(0, 10));

export function today(now = new Date()) {
  return iso(dayOf(now.getFullYear(), now.getMonth(), now.getDate()));
}

export const plus = (day, days) => iso(new Date(utc(day).getTime() + days * DAY));
export const weekday = (day) => utc(day).getUTCDay();

/** The same day of another month, or that month's last one. */
export function plusMonths(day, months) {
  const date = utc(day);
  const last = dayOf(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0);
  last.setUTCDate(Math.min(date.getUTCDate(), last.getUTCDate()));
  return iso(last);
}

const years = (day, many) => (Number(day.slice(0, 4)) + many > 9999 ? undefined : plusMonths(day, 12 * many));

function valid(year, month, date) {
  const made = dayOf(year, month, date);
  const same = made.getUTCMonth() === month && made.getUTCDate() === date;
  return same && year >= 1000 && year <= 9999 ? iso(made) : undefined;
}

/** Where no year is said, the next such day. */
function inNextYear(month, date, now) {
  const year = Number(now.slice(0, 4));
  for (let ahead = 0; ahead < 9; ahead++) {
    const day = valid(year + ahead, month, date);
    if (day && day >= now) return day;
  }
  return undefined;
}

/** Three letters or more of a name are enough. */
const named = (names, word) =>
  word.length < 3 ? -1 : names.findIndex((name) => name.toLowerCase().startsWith(word));

const short = (name) => name.slice(0, 3);

/**
 * Reads what someone types for a date.
 * @returns the day; null for none; undefined where it cannot be understood
 */
export function parseDay(text, now = today()) {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (['', 'none', 'no date', 'never'].includes(said)) return null;
  if (['today', 'tod'].includes(said)) return now;
  if (['tomorrow', 'tom', 'tmr'].includes(said)) return plus(now, 1);
  if (said === 'yesterday') return plus(now, -1);
  if (said === 'next week') return plus(now, 7);
  if (said === 'next month') return plusMonths(now, 1);
  let parts;
  if ((parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said))) {
    return valid(Number(parts[1]), parts[2] - 1, Number(parts[3]));
  }
  if ((parts = /^(?:\+|in )(\d{1,4}) ?(d|days?|w|wks?|weeks?|m|mos?|months?|y|yrs?|years?)?$/.exec(said))) {
    const many = Number(parts[1]);
    switch (parts[2]?.[0]) {
      case 'w': return plus(now, 7 * many);
      case 'm': return plusMonths(now, many);
      case 'y': return years(now, many);
      default: return plus(now, many);
    }
  }
  if ((parts = /^(?:(?:next|on) )?([a-z]+)$/.exec(said))) {
    const day = named(WEEKDAYS, parts[1]);
    return day < 0 ? undefined : plus(now, (day - weekday(now) + 6) % 7 + 1);
  }
  parts = /^(?:(?<lead>[a-z]+),? )?(?<date>\d{1,2})\.? (?<month>[a-z]+),?(?: (?<year>\d{4}))?$/.exec(said)
    ?? /^(?<month>[a-z]+) (?<date>\d{1,2})(?:,? (?<year>\d{4}))?$/.exec(said);
  if (!parts) return undefined;
  const { lead = 'on', date, month, year } = parts.groups;
  const at = named(MONTHS, month);
  if (at < 0 || !(lead === 'on' || lead === 'the' || named(WEEKDAYS, lead) >= 0)) return undefined;
  return year ? valid(Number(year), at, Number(date)) : inNextYear(at, Number(date), now);
}

/** As in `Sat 19 Dec`; with the year where it is another. */
export function shortDay(day, now = today()) {
  const date = utc(day);
  const year = day.slice(0, 4) === now.slice(0, 4) ? '' : ` ${date.getUTCFullYear()}`;
  return `${short(WEEKDAYS[date.getUTCDay()])} ${date.getUTCDate()} ${short(MONTHS[date.getUTCMonth()])}${year}`;
}

export function spokenDay(day, now = today()) {
  if (day === now) return 'Today';
  if (day === plus(now, 1)) return 'Tomorrow';
  if (day === plus(now, -1)) return 'Yesterday';
  return shortDay(day, now);
}

export const monthName = (day) => `${short(MONTHS[utc(day).getUTCMonth()])} ${day.slice(0, 4)}`;

/** The weeks of a day's month, from Monday on, each with seven days. */
export function weeksOf(day) {
  const first = `${day.slice(0, 8)}01`;
  const before = (weekday(first) + 6) % 7;
  const days = dayOf(first.slice(0, 4), first.slice(5, 7), 0).getUTCDate();
  const week = (_, at) => Array.from({ length: 7 }, (_, i) => plus(first, 7 * at + i - before));
  return Array.from({ length: Math.ceil((before + days) / 7) }, week);
}
