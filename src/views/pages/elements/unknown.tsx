/** A fact that no source states. */
export function Unknown() {
  return (
    <span class="unknown">
      <span aria-hidden="true">–</span>
      <span class="spoken">unknown</span>
    </span>
  )
}
