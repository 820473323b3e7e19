/**
 * Shows what pages keep as text in `noscript`, in the moment that it comes in sight: the offers of a family and the choice
 * of columns when they are opened, long choices when their place is on the screen.
 */

export function showFolded(): void {
  document.addEventListener('toggle', ({ target }) => target instanceof HTMLDetailsElement && showOpened(target), true)
  for (const details of document.querySelectorAll<HTMLDetailsElement>('td details, .filters .menu')) showOpened(details)
  const watcher = new IntersectionObserver((places) => {
    for (const { isIntersecting, target } of places) if (isIntersecting) show(target)
  })
  for (const place of document.querySelectorAll('.folded-choice')) watcher.observe(place)
}

/** What a cell of a family opens is the row below it. */
function showOpened(details: HTMLDetailsElement): void {
  if (details.open) show(details.closest('tbody') ?? details)
}

/** It is the markup that the server wrote, with all names escaped. */
function show(place: Element): void {
  for (const folded of place.querySelectorAll('noscript')) folded.outerHTML = folded.textContent ?? ''
}
