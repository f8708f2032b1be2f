/** What programs that run side by side print, each whole and in its turn. */
export interface Turns {
  /** Shows the text if it is this one's turn, else keeps it until then. */
  print(turn: number, text: string): void
  /** This one prints no more. */
  end(turn: number): void
}

/** Turns 0 to `count` − 1: the first that has not ended is shown while it comes, those after it wait. */
export function createTurns(count: number, write: (text: string) => void): Turns {
  const waiting = Array.from({ length: count }, () => '')
  const ended = new Set<number>()
  let showing = 0
  return {
    print(turn, text) {
      if (turn <= showing) write(text)
      else waiting[turn] += text
    },
    end(turn) {
      ended.add(turn)
      while (ended.has(showing)) {
        showing++
        write(waiting[showing] ?? '')
      }
    },
  }
}
