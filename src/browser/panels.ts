/** Closes the panels under the header on Escape and on a click outside, like menus. */

export function closePanels(): void {
  document.addEventListener('click', ({ target }) => {
    for (const panel of openPanels()) if (!(target instanceof Node && panel.contains(target))) panel.open = false
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    for (const panel of openPanels()) {
      panel.open = false
      panel.querySelector('summary')?.focus()
    }
  })
}

function openPanels(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')
}
