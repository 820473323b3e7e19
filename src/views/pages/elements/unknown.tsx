/** A fact that no source states. */
export function Unknown() {
  return (
    <span class="unknown" role="img" aria-label="unknown">
      –
    </span>
  )
}
