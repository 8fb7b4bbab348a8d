/** One thing that Slack tells the app. */
export type Parcel = {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: Record<string, unknown>;
  retry: { attempt: number; reason: string };
};

/** `reason` in Slack's words for a retry; `timeout` also when the connection closed before the answer. */
export type Receipt =
  | { acked: true; answer: unknown }
  | {
      acked: false;
      reason: 'timeout' | 'http_timeout' | 'connection_failed' | 'http_error';
      noRetry?: boolean;
    };

/** How parcels get to the app: Socket Mode, or signed HTTP. */
export type Carrier = {
  /** Somebody is there to take a parcel. */
  ready(): boolean;
  /** Resolves within `ackMs` of the emulator's clock. */
  carry(parcel: Parcel): Promise<Receipt>;
};

/** How long Slack waits for an answer. */
export const ackMs = 3000;
