/** Work that can wait: until what is there is painted, or until there is nothing else to do. */

export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act, 0))
}

/** Safari has no idle callback. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act)
  else setTimeout(act, IDLE_MS)
}

const IDLE_MS = 200
