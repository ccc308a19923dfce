import { useWords } from '../i18n/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { chord, chordLabel } from './chord.ts';
import type { Command, CommandGroup } from './command.ts';
import { commands, isMac } from './registry.ts';

const groups: readonly CommandGroup[] = ['play', 'edit', 'timeline', 'media', 'window'];

/** Every key there is, straight from the table that runs them. */
export default function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const all: readonly Command[] = Object.values(commands);
  return (
    <Dialog
      title={words('shortcuts.title')}
      text={words('shortcuts.hint')}
      widthPx={1000}
      onClose={onClose}
      testId="shortcuts"
    >
      <div className="dialog-body shortcut-columns scroll-y">
        {groups.map((group) => (
          <section key={group} className="shortcut-group">
            <h3 className="label">{words(`group.${group}`)}</h3>
            <dl>
              {all
                .filter((command) => command.group === group)
                .map((command) => (
                  <div key={command.label} className="shortcut-row">
                    <dt>{words(command.label)}</dt>
                    <dd>
                      {command.keys.map((key) => (
                        <span key={key} className="key">
                          {chordLabel(chord(key), isMac)}
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
