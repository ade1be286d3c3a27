/** How a chat scrolls: it stays at its end while one is there, and where one reads while one reads. */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject, type UIEvent } from 'react';

/** Nearer to the end than this counts as being there, px. */
const NEAR_PX = 48;

interface ChatScroll {
  ref: RefObject<HTMLDivElement | null>;
  onScroll: (event: UIEvent<HTMLElement>) => void;
  atEnd: boolean;
  toEnd: () => void;
}

/**
 * @param firstKey of the first thing in the list: when it changes, something was put in front, and what is read stays in place
 * @param size how much there is; a change at the end is followed when one was there
 */
export function useChatScroll(firstKey: number | undefined, size: number): ChatScroll {
  const ref = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ firstKey, fromEnd: 0, atEnd: true });

  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    if (before.current.atEnd) list.scrollTop = list.scrollHeight;
    else if (before.current.firstKey !== firstKey)
      list.scrollTop = list.scrollHeight - before.current.fromEnd;
    before.current = { ...before.current, firstKey, fromEnd: list.scrollHeight - list.scrollTop };
  }, [firstKey, size]);

  // Pictures and the panel itself change their size after they are drawn.
  useLayoutEffect(() => {
    const list = ref.current;
    const content = list?.firstElementChild;
    if (!list || !content) return;
    const follow = () => {
      if (before.current.atEnd) list.scrollTop = list.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    observer.observe(content);
    observer.observe(list);
    return () => observer.disconnect();
  }, []);

  const onScroll = useCallback(({ currentTarget: list }: UIEvent<HTMLElement>) => {
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
    before.current = { ...before.current, fromEnd: list.scrollHeight - list.scrollTop, atEnd: near };
    setAtEnd(near);
  }, []);

  return { ref, onScroll, atEnd, toEnd };
}
