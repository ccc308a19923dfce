import { type KeyboardEvent, type Ref, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { type PackSummary, type PromptReading, saysNothing } from '../../engine/contract/generation.ts';
import { useWords } from '../i18n/index.ts';
import { piecesOf } from './prompt-marks.ts';
import { longestPrompt } from './shot-draft.ts';
import { usePromptSuggestions } from './use-prompt-suggestions.ts';
import './generate.css';

/** Every prompt begins with a word or two that say nothing yet: only one that stays so is spoken of. */
const stillMs = 700;

export interface PromptBoxProps {
  readonly prompt: string;
  readonly pack: PackSummary | undefined;
  /** What the pack makes of the prompt so far. */
  readonly marks: PromptReading['words'];
  readonly rows: number;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
  readonly onChange: (prompt: string) => void;
  /** Mod and Enter. */
  readonly onSubmit: () => void;
  readonly testId: string;
}

/**
 * The prompt with what the pack makes of it: known words underlined, unknown ones dotted, what is too long struck.
 * The text lies in a plain text area, so that any input method works; the marks lie on a copy behind it.
 */
export function PromptBox({ prompt, pack, marks, rows, inputRef, onChange, onSubmit, testId }: PromptBoxProps) {
  const words = useWords();
  const { suggestions, example } = usePromptSuggestions(pack);
  const isUnclear = useLasting(saysNothing({ words: marks }), stillMs);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const grow = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    // The copy sets the height; the text area over it follows.
    const area = scroller.current?.querySelector('textarea');
    if (area && grow.current) area.style.height = `${grow.current.offsetHeight}px`;
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape')
      event.currentTarget.blur(); // the keys go back to the film
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit();
    else return;
    event.preventDefault();
  };

  return (
    <div className="column prompt-group">
      <div className="row">
        <label className="label" htmlFor={id}>
          {words('generate.prompt')}
        </label>
        <span className="spacer" />
        <span className="prompt-count text-3 tabular">{words('generate.promptCount', { count: prompt.length })}</span>
      </div>
      <div className="prompt-box" ref={scroller}>
        <div className="prompt-copy" aria-hidden="true" ref={grow} style={{ minHeight: rows * 20 }}>
          {piecesOf(prompt, marks).map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
            <span key={index} className={`mark-${piece.mark}`}>
              {piece.text}
            </span>
          ))}{' '}
        </div>
        <textarea
          id={id}
          ref={inputRef}
          value={prompt}
          maxLength={longestPrompt}
          placeholder={words('generate.placeholder', { example })}
          spellCheck={false}
          aria-describedby={`${id}-marks`}
          data-testid={testId}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <span id={`${id}-marks`} className="visually-hidden">
        {words('generate.marks')}
      </span>
      {isUnclear && (
        <div className="prompt-hint text-2" role="status" data-testid={`${testId}.hint`}>
          {words('generate.saysNothing')}{' '}
          {suggestions.map((suggestion) => (
            <button
              key={suggestion}
              type="button"
              className="prompt-suggestion"
              onClick={() => onChange(`${prompt.trim()} ${suggestion}`.slice(0, longestPrompt))}
            >
              {suggestion}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Whether something has been so for a while. */
function useLasting(isSo: boolean, forMs: number): boolean {
  const [hasLasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLasted(true), forMs);
    return () => {
      clearTimeout(timer);
      setLasted(false);
    };
  }, [isSo, forMs]);
  return isSo && hasLasted;
}
