import { useState } from 'preact/hooks'
import { formatTime } from '../format/measure.ts'
import { locale } from '../locale.ts'
import { Button } from './Button.tsx'
import { TextField } from './TextField.tsx'

/** A line of a conversation. */
export interface ChatEntry {
  readonly mine: boolean
  readonly text: string
  readonly atMs: number
}

/** Properties of `Chat`. */
export interface ChatProps {
  /** Name of the conversation. */
  readonly title: string
  readonly lines: readonly ChatEntry[]
  readonly inputLabel: string
  readonly sendLabel: string
  readonly onSend: (text: string) => void
}

/** The words of two people, newest last, and a line to write the next. */
export function Chat({ title, lines, inputLabel, sendLabel, onSend }: ChatProps) {
  const [text, setText] = useState('')
  const send = (event: Event): void => {
    event.preventDefault()
    if (text.trim() === '') return
    onSend(text.trim())
    setText('')
  }
  return (
    <section class="chat stack-tight" aria-label={title}>
      <ol class="chat-lines" aria-live="polite">
        {lines.map((line, i) => (
          <li key={`${line.atMs}-${i}`} class="chat-line" data-mine={line.mine ? '' : undefined}>
            <span>{line.text}</span>
            <time class="chat-time">{formatTime(line.atMs, locale.value)}</time>
          </li>
        ))}
      </ol>
      <form class="chat-form" onSubmit={send}>
        <TextField label={inputLabel} hideLabel placeholder={inputLabel} value={text} onValue={setText} />
        <Button type="submit" kind="plain" testId="chat-send">
          {sendLabel}
        </Button>
      </form>
    </section>
  )
}
