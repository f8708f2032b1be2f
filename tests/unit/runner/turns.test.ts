import { expect, test } from 'vitest'
import { createTurns } from '../../runner/turns.ts'

test('shows the first while it comes and the others whole, in their order', () => {
  let shown = ''
  const turns = createTurns(3, text => (shown += text))
  turns.print(1, 'b1 ')
  turns.print(0, 'a1 ')
  expect(shown).toBe('a1 ')
  turns.print(2, 'c1 ')
  turns.end(2)
  turns.print(0, 'a2 ')
  turns.end(0)
  expect(shown).toBe('a1 a2 b1 ')
  turns.print(1, 'b2 ')
  turns.end(1)
  expect(shown).toBe('a1 a2 b1 b2 c1 ')
})
