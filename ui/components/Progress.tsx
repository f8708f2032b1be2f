import { useId } from 'preact/hooks'

/** A bar from 0 to 1; without `value` it only moves. */
export function Progress({ label, value }: { readonly label: string; readonly value?: number }) {
  const id = useId()
  return (
    <div class="progress">
      <label for={id}>{label}</label>
      {value === undefined ? <progress id={id} /> : <progress id={id} value={value} max={1} />}
    </div>
  )
}
