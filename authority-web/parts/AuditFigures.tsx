import type { AuditRow } from '@hexhail/audit/settled.ts'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import type { AuditDesk } from '../audit-desk.ts'
import type { AuditNews } from '../audit-job.ts'
import type { AuthorityModel } from '../model.ts'
import { type AuthorityText, t } from '../text.ts'
import { ProveFigure } from './ProveFigure.tsx'

/** A figure of an audit: how it is counted, and how it is told. */
export interface AuditFigure {
  readonly name: AuthorityText
  readonly rule: AuthorityText
  readonly testId?: string
  readonly of: (news: AuditNews) => string
}

/** Figures of an audit; each is proven by the chain and by the same checks over the settlements that stand there. */
export function AuditFigures(props: {
  readonly figures: readonly AuditFigure[]
  readonly news: AuditNews
  /** The settlements behind them. */
  readonly rows: readonly AuditRow[]
  readonly audit: Pick<AuditDesk, 'over'>
  readonly model: Pick<AuthorityModel, 'prove'>
}) {
  const { figures, news, rows, audit, model } = props
  return (
    <Figures
      figures={figures.map(({ name, rule, testId, of }) => ({
        label: t(name),
        value: (
          <>
            <span data-testid={testId}>{of(news)}</span>
            <ProveFigure
              name={t(name)}
              rule={t(rule)}
              rows={rows}
              sum={async standing => of(await audit.over(standing))}
              model={model}
              command="hexhail audit sync && hexhail audit run"
            />
          </>
        ),
      }))}
    />
  )
}
