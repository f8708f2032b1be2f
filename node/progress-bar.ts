/** A line that fills up; on anything but a terminal one plain line a stage. */
export interface ProgressBar {
  /** `fraction` of the stage that `label` names, 0 to 1. */
  update(label: string, fraction: number): void
  /** Prints a whole line; what was drawn stays below it. */
  print(line: string): void
  /** Takes the bar away. */
  done(): void
}

const WIDTH = 24

/** Draws on a stream. */
export function createProgressBar(stream: {
  readonly isTTY?: boolean
  write(text: string): unknown
}): ProgressBar {
  let shown = ''
  let last = ''
  return {
    update(label, fraction) {
      const share = Math.max(0, Math.min(1, fraction))
      if (stream.isTTY) {
        const full = Math.round(share * WIDTH)
        const line = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${Math.round(share * 100)} % ${label}`
        if (line !== shown) stream.write(`\r\u001b[K${line}`)
        shown = line
      } else if (label !== last) stream.write(`  ${label}\n`)
      last = label
    },
    print(line) {
      if (stream.isTTY && shown !== '') stream.write(`\r\u001b[K${line}\n${shown}`)
      else stream.write(`${line}\n`)
    },
    done() {
      if (stream.isTTY && shown !== '') stream.write('\r\u001b[K')
      shown = ''
    },
  }
}
