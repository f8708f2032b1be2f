import { ui } from '../ui-text.ts'

/** Something is under way, with its words. */
export function Spinner({ label, size = 24 }: { readonly label?: string; readonly size?: number }) {
  return (
    <span class="spinner" role="status">
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        aria-hidden="true"
      >
        <path d="M12 3a9 9 0 1 1-9 9" stroke-linecap="round" />
      </svg>
      <span>{label ?? ui('loading')}</span>
    </span>
  )
}
