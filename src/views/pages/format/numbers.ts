/** Numbers as pages show them: the same on the server and in the browser. */

/** 1,048,576, with at most two decimals. Not by `Intl`, which takes a slow phone 50 ms to set up. */
export function formatNumber(value: number): string {
  const [whole = '', fraction = ''] = value.toFixed(2).split('.')
  const decimals = fraction.replace(/0+$/, '')
  return decimals === '' ? groupDigits(whole) : `${groupDigits(whole)}.${decimals}`
}

function groupDigits(whole: string): string {
  const first = whole.startsWith('-') ? 1 : 0
  let grouped = whole
  for (let end = whole.length - 3; end > first; end -= 3) grouped = `${grouped.slice(0, end)},${grouped.slice(end)}`
  return grouped
}

/** 128k, 1.05M: what a limit is called in conversation. */
export function formatTokens(tokens: number): string {
  if (tokens >= 1_000_000) return `${shorten(tokens / 1_000_000)}M`
  if (tokens >= 10_000) return `${Math.round(tokens / 1000)}k`
  return tokens >= 1000 ? `${shorten(tokens / 1000)}k` : String(tokens)
}

const shorten = (value: number): string => String(Number(value.toFixed(2)))

/** "1 model", "1,200 models": of nouns that take an s. */
export function formatCount(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** "3 minutes", "5 hours", "12 days": the largest unit that holds at least one. */
export function formatAge(seconds: number): string {
  const [unit, size] = AGES.find(([, length]) => seconds >= length) ?? (['second', 1] as const)
  return formatCount(Math.floor(seconds / size), unit)
}

const AGES = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Cents at least, and as many more decimals as a small price needs. */
export function formatUsd(usd: number): string {
  return `$${formatAmount(usd)}`
}

/** Without the currency. */
export function formatAmount(usd: number): string {
  if (usd >= 1000) return formatNumber(usd)
  const decimals = usd === 0 || usd >= 1 ? 2 : 2 - Math.floor(Math.log10(usd)) - 1
  const [whole = '0', fraction = ''] = usd.toFixed(Math.min(Math.max(decimals + 1, 2), 12)).split('.')
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`
}
