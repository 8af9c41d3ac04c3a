interface Entry {
  readonly at: number;
  readonly order: number;
  readonly happen: () => void;
}

/** What is going to happen at a moment of market time, soonest first; at one moment, first planned first. */
export interface Timeline {
  plan(at: number, happen: () => void): void;
  /** When the next thing happens, or undefined when nothing is planned. */
  nextAt(): number | undefined;
  /** Takes the next thing out. */
  take(): Entry | undefined;
}

function before(left: Entry, right: Entry): boolean {
  return left.at === right.at ? left.order < right.order : left.at < right.at;
}

/** A binary heap: hours of market time mean thousands of planned things. */
export function createTimeline(): Timeline {
  const heap: Entry[] = [];
  let planned = 0;

  const swap = (left: number, right: number): void => {
    const first = heap[left];
    const second = heap[right];
    if (first === undefined || second === undefined) return;
    heap[left] = second;
    heap[right] = first;
  };
  const isBefore = (left: number, right: number): boolean => {
    const first = heap[left];
    const second = heap[right];
    return first !== undefined && second !== undefined && before(first, second);
  };
  const rise = (start: number): void => {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(index, parent)) return;
      swap(index, parent);
      index = parent;
    }
  };
  const sink = (): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let soonest = index;
      if (isBefore(left, soonest)) soonest = left;
      if (isBefore(left + 1, soonest)) soonest = left + 1;
      if (soonest === index) return;
      swap(index, soonest);
      index = soonest;
    }
  };

  return {
    plan: (at, happen) => {
      heap.push({ at, order: planned, happen });
      planned += 1;
      rise(heap.length - 1);
    },
    nextAt: () => heap[0]?.at,
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
