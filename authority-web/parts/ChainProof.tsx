import type { Settled } from '@hexhail/audit/settled.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { Chip, type Tone } from '@hexhail/ui/components/Chip.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import type { IconName } from '@hexhail/ui/components/icon-paths.ts'
import { useEffect, useState } from 'preact/hooks'
import type { AuthorityModel, Proof } from '../model.ts'
import { t } from '../text.ts'

const LOOKS: Readonly<Record<Proof, { readonly tone: Tone; readonly icon: IconName }>> = {
  proved: { tone: 'good', icon: 'check' },
  gone: { tone: 'bad', icon: 'warning' },
  away: { tone: 'warn', icon: 'wifi-off' },
}

/** Where a settlement stands on the chain, asked anew each time it is looked at. */
export function ChainProof({ fact, model }: { readonly fact: Settled; readonly model: AuthorityModel }) {
  const [proof, setProof] = useState<Proof | null>(null)
  const ask = async (): Promise<void> => {
    setProof(null)
    setProof(await model.prove(fact))
  }
  useEffect(() => void ask(), [fact])
  return (
    <Card label={t('proof')}>
      <div class="row-spread">
        <h2>{t('proof')}</h2>
        <span role="status">{proof && <Chip {...LOOKS[proof]}>{t(proof)}</Chip>}</span>
      </div>
      <dl class="facts">
        <dt>{t('tripId')}</dt>
        <dd>
          <CopyText text={fact.terms} />
        </dd>
        <dt>{t('transaction')}</dt>
        <dd>
          <CopyText text={fact.txHash} />
        </dd>
        <dt>{t('block')}</dt>
        <dd class="num">{fact.blockNumber}</dd>
        <dt>{t('logIndex')}</dt>
        <dd class="num">{fact.logIndex}</dd>
        <dt>{t('recordRoot')}</dt>
        <dd>
          <CopyText text={fact.record} />
        </dd>
      </dl>
      <Button size="small" icon="refresh" busy={proof === null} onClick={() => void ask()}>
        {t('prove')}
      </Button>
    </Card>
  )
}
