import { ui } from '../ui-text.ts'
import { IconButton } from './IconButton.tsx'
import { dismissToast, toasts } from './toasts.ts'

/** The place where `toast(…)` shows up; read out politely. AppShell has one. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(each => (
        <div class="toast" key={each.id}>
          <span class="grow">{each.text}</span>
          <IconButton icon="close" label={ui('dismiss')} size={20} onClick={() => dismissToast(each.id)} />
        </div>
      ))}
    </div>
  )
}
