import { useState } from 'preact/hooks'
import { ui } from '../ui-text.ts'
import { IconButton } from './IconButton.tsx'

/** A long identifier, shortened for the eye, whole for the clipboard. */
export function CopyText({ text, shown }: { readonly text: string; readonly shown?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <span class="copy">
      <code title={text}>{shown ?? shorten(text)}</code>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        size={18}
        label={`${ui(copied ? 'copied' : 'copy')}: ${shown ?? shorten(text)}`}
        onClick={() => void copy()}
      />
    </span>
  )
}

/** First and last characters of a long hex: `0x12ab…90ef`. */
export function shorten(text: string): string {
  return text.length > 16 ? `${text.slice(0, 6)}…${text.slice(-4)}` : text
}
