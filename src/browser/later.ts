/** Work that can wait: until what is there is painted, or until there is nothing else to do. */

export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act, 0))
}

/** Until the page is seen for the first time: what happens before that delays it. */
export function afterFirstPaint(act: () => void): void {
  const watcher = new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return
    watcher.disconnect()
    act()
  })
  watcher.observe({ type: 'paint', buffered: true })
}

/** Safari has no idle callback. */
export function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act)
  else setTimeout(act, IDLE_MS)
}

const IDLE_MS = 200
