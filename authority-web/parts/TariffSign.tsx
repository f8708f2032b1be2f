import { isHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { tariffNumber } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { type FoundWallet, watchInjected } from '@hexhail/ui/wallet/injected.ts'
import { useEffect, useState } from 'preact/hooks'
import type { TariffDesk, TariffHand } from '../tariff-desk.ts'
import { t } from '../text.ts'

/** Signing and publishing a draft, by a wallet of the browser or by the authority's key. */
export function TariffSign({ desk }: { readonly desk: TariffDesk }) {
  const [wallets, setWallets] = useState<readonly FoundWallet[]>([])
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly good: boolean; readonly text: string } | null>(null)
  useEffect(() => watchInjected(found => setWallets(now => [...now, found])), [])
  const isReady = desk.document.value !== null && !desk.findings.value.some(each => each.level === 'error')
  const sign = async (hand: TariffHand): Promise<void> => {
    setBusy(true)
    setSaid(null)
    try {
      const ids = await desk.publish(hand)
      setSaid({ good: true, text: t('signDone', { ids: ids.map(tariffNumber).join(', ') }) })
      setKey('')
    } catch (error) {
      setSaid({ good: false, text: faultText(error) })
    }
    setBusy(false)
  }
  const isKey = isHex(key.trim(), 32)
  return (
    <Card label={t('signTitle')}>
      <h2>{t('signTitle')}</h2>
      <p class="muted">{t('signWhy')}</p>
      {!isReady && <p>{t('signFirst')}</p>}
      {wallets.map(({ uuid, name, provider }) => (
        <Button
          key={uuid}
          icon="wallet"
          disabled={!isReady}
          busy={busy}
          onClick={() => void sign({ kind: 'injected', provider })}
        >
          {t('signWith', { name })}
        </Button>
      ))}
      <TextField
        label={t('signKey')}
        type="password"
        value={key}
        onValue={setKey}
        hint={t('signKeyHint')}
        error={key !== '' && !isKey ? t('signKeyNot') : undefined}
      />
      <Button
        kind="primary"
        icon="key"
        disabled={!isReady || !isKey}
        busy={busy}
        onClick={() => void sign({ kind: 'key', key: key.trim().toLowerCase() as Hex })}
      >
        {t('signUse')}
      </Button>
      <div aria-live="polite">
        {said && (
          <Banner tone={said.good ? 'info' : 'bad'} icon={said.good ? 'check' : 'warning'}>
            {said.text}
          </Banner>
        )}
      </div>
    </Card>
  )
}

function faultText(error: unknown): string {
  const { code, message } = error instanceof HexhailError ? error : { code: '', message: String(error) }
  if (code === 'not-authority') return t('signAuthority')
  if (code === 'wallet-refused') return t('signRefused')
  if (code === 'AUDIT_DOWN') return t('signAway')
  return t('signFailed', { why: message })
}
