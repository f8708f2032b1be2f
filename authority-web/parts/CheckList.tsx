import type { AskedAnswer } from '@hexhail/audit/checks/fare-audit.ts'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { type AuthorityText, t } from '../text.ts'
import { answerName, answerText } from './answer-text.ts'

/** Answers of checks with what each expects and what it found; a wrong one begins with what it is a finding of. */
export function CheckList({ answers }: { readonly answers: readonly AskedAnswer[] }) {
  return (
    <ul class="checks">
      {answers.map(answer => (
        <li key={`${answer.check}${answer.code}`} class="check" data-ok={answer.ok ? '' : undefined}>
          <Icon name={answer.ok ? 'check' : 'warning'} size={20} />
          <span class="grow">
            <span class="strong">
              {answer.ok ? answerName(answer) : t(`check${answer.check}` as AuthorityText)}
            </span>
            <span class="switch-hint num">
              {!answer.ok && `${answerName(answer)}: `}
              {answerText(answer)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
