import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../i18n/index.ts';
import type { Notice } from '../state/notices.ts';
import { useServices } from '../state/services.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

const stayMs = 6000;

/** Sentences at the foot of the window, and the two live regions that speak. */
export function NoticesView() {
  const { notices } = useServices();
  const words = useWords();
  const shown = useStore(notices.store);
  const spoken = useStore(notices.spoken);
  return (
    <>
      <section className="notices" aria-live="polite">
        {shown.map((notice) => (
          <NoticeView key={notice.id} notice={notice} />
        ))}
      </section>
      <div className="visually-hidden" aria-live="polite" data-testid="window.spoken">
        {spoken && words(spoken)}
      </div>
    </>
  );
}

function NoticeView({ notice }: { readonly notice: Notice }) {
  const words = useWords();
  const { notices } = useServices();
  const onDismiss = useCallback(() => notices.dismiss(notice.id), [notices, notice.id]);
  const [isHeld, setHeld] = useState(false);
  const { severity, sentence, action, isKept = false } = notice;
  const staysUntilSeen = severity === 'failure' || isKept;

  useEffect(() => {
    if (isHeld || staysUntilSeen) return;
    const timer = setTimeout(onDismiss, stayMs);
    return () => clearTimeout(timer);
  }, [isHeld, staysUntilSeen, onDismiss]);

  return (
    <div
      className="notice popup"
      role={severity === 'failure' ? 'alert' : 'status'}
      data-testid="window.notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span className={severity === 'note' ? 'text-2' : 'alarm'}>
        <Icon name={severity === 'note' ? 'info' : severity === 'attention' ? 'warning' : 'error'} />
      </span>
      <span>{words(sentence)}</span>
      <span className="spacer" />
      {action && (
        <Button
          look="quiet"
          size="small"
          onClick={() => {
            action.run();
            onDismiss();
          }}
        >
          {words(action.label)}
        </Button>
      )}
      <IconButton label={words('common.dismiss')} icon="close" size="small" onClick={onDismiss} />
    </div>
  );
}
