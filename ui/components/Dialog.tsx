import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { IconButton } from './IconButton.tsx'

/** Properties of `Dialog`. */
export interface DialogProps {
  readonly open: boolean
  /** Called for the cross, Escape and a tap beside the dialog. */
  readonly onClose: () => void
  readonly title: string
  readonly children: ComponentChildren
  /** Buttons. */
  readonly foot?: ComponentChildren
}

/** A modal question on the browser's own `<dialog>`: focus is kept inside and given back. */
export function Dialog({ open, onClose, title, children, foot }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const opener = document.activeElement
    if (!open) return
    dialog.current?.showModal()
    return () => {
      // The dialog is gone by now, and the focus with it, unless whoever closed it has put it somewhere.
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [open])
  if (!open) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a <dialog>, the click is only for the backdrop
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={ui('close')} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by the keys */}
      <section class="dialog-body" tabIndex={0} aria-labelledby={id}>
        {children}
      </section>
      {foot && <div class="dialog-foot">{foot}</div>}
    </dialog>
  )
}
