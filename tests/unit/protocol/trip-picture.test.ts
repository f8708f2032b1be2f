import { readFileSync } from 'node:fs'
import { tripPicture } from '@hexhail/protocol/trip-picture.ts'
import { expect, it } from 'vitest'

it('stands in ARCHITECTURE.md as the trip table draws it', () => {
  const page = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`mermaid\n${tripPicture()}\n\`\`\``)
})
