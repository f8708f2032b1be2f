/** Where a trip stands among its steps; the name of the step is its text. */
export function Steps({ names, at }: { readonly names: readonly string[]; readonly at: number }) {
  return (
    <ol class="steps">
      {names.map((name, n) => (
        <li key={name} data-done={n < at ? '' : undefined} aria-current={n === at ? 'step' : undefined}>
          <span class="visually-hidden">{name}</span>
        </li>
      ))}
    </ol>
  )
}
