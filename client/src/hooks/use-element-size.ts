import { useCallback, useState, type RefCallback } from 'react';

export interface Size {
  width: number;
  height: number;
}

/** The inner size of an element in px, followed as it changes; undefined until it is on the page. */
export function useElementSize(): [RefCallback<HTMLElement>, Size | undefined] {
  const [size, setSize] = useState<Size>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    // At once, so that what depends on it is there with the first frame.
    setSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
