/** The heads of a table's columns. Numbers stand to the right, and so do the heads above them. */
export type Title = string | { number: string }

export function Heads({ titles }: { titles: readonly Title[] }) {
  return (
    <thead>
      <tr>
        {titles.map((title) =>
          typeof title === 'string' ? (
            <th scope="col">{title}</th>
          ) : (
            <th scope="col" class="number">
              {title.number}
            </th>
          ),
        )}
      </tr>
    </thead>
  )
}
