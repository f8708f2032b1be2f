import '../start.ts'
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { AppShell } from '../components/AppShell.tsx'
import { LinkButton } from '../components/LinkButton.tsx'
import { Cards } from './Cards.tsx'
import { Controls } from './Controls.tsx'
import { RiderScene } from './Rides.tsx'
import { Tables } from './Tables.tsx'
import { Wallets } from './Wallets.tsx'

const PAGES = ['controls', 'cards', 'tables', 'wallet', 'offers', 'coming'] as const

function Gallery() {
  const [page, setPage] = useState(location.hash.slice(1))
  useEffect(() => {
    addEventListener('hashchange', () => setPage(location.hash.slice(1)))
  }, [])
  if (page === 'offers' || page === 'coming') return <RiderScene key={page} step={page} />
  return (
    <AppShell title="Gallery" layout="page" help={<p>Every component.</p>} privacy={<p>Nothing leaves.</p>}>
      {page === 'controls' && <Controls />}
      {page === 'cards' && <Cards />}
      {page.startsWith('tables') && <Tables />}
      {page.startsWith('wallet') && <Wallets kept={page === 'wallet-kept'} />}
      {!page && (
        <nav class="stack" aria-label="Pages">
          <h1>Gallery</h1>
          {PAGES.map(each => (
            <LinkButton key={each} href={`#${each}`}>
              {each}
            </LinkButton>
          ))}
        </nav>
      )}
    </AppShell>
  )
}

render(<Gallery />, document.getElementById('app') as HTMLElement)
