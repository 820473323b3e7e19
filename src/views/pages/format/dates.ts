/** Dates as pages show them, always UTC. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A calendar date as far as it is known, or the date of a time: "31 Aug 2025", "Aug 2025", "2025". */
export function formatDate(text: string): string {
  const [year = '', month, day] = text.slice(0, 10).split('-')
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), name, year]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** An ISO time: "31 Aug 2025, 02:00 UTC". */
export function formatTime(time: string): string {
  return `${formatDate(time)}, ${time.slice(11, 16)} UTC`
}
