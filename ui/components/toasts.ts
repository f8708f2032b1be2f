import { signal } from '@preact/signals'

/** One short notice. */
export interface Toast {
  readonly id: number
  readonly text: string
}

/** Notices shown now, oldest first. */
export const toasts = signal<readonly Toast[]>([])

let last = 0

/** Shows a notice for a while; nothing a person must act on belongs here. Returns its id. */
export function toast(text: string, forMs = 6_000): number {
  const id = ++last
  toasts.value = [...toasts.value.filter(each => each.text !== text), { id, text }].slice(-3)
  setTimeout(() => dismissToast(id), forMs)
  return id
}

/** Takes a notice away. */
export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter(each => each.id !== id)
}
