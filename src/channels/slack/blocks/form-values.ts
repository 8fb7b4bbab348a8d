/** What a person has filled in: `block_id` → `action_id` → state. Ours are named alike. */
export type FormValues = Record<
  string,
  Record<
    string,
    {
      value?: string | null;
      selected_option?: { value: string } | null;
      selected_options?: { value: string }[];
      selected_date?: string | null;
    }
  >
>;

/** Typed text, without the empty lines around it. */
export const typed = (values: FormValues, input: string): string =>
  (values[input]?.[input]?.value ?? '').trim();

/** The value of the chosen option, or the empty string. */
export const chosen = (values: FormValues, input: string): string =>
  values[input]?.[input]?.selected_option?.value ?? '';

export const isTicked = (values: FormValues, input: string): boolean =>
  (values[input]?.[input]?.selected_options ?? []).length > 0;

/** `YYYY-MM-DD`, or the empty string. */
export const pickedDate = (values: FormValues, input: string): string =>
  values[input]?.[input]?.selected_date ?? '';
