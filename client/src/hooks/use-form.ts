/**
 * A form that is checked by a schema of the contract, the same that the server checks it by. A field is
 * checked when one leaves it and, once it was found wrong, with each change until it is right.
 */
import { useState } from 'react';
import type { ChangeEvent, FocusEvent, SubmitEvent } from 'react';
import type { z } from 'zod';
import { fieldWords } from '../lib/errors/field-words.ts';
import { fieldErrorsOf } from '../lib/errors/words.ts';

type Values = Record<string, string>;

interface FormOptions<S extends z.ZodType> {
  schema: S;
  initial: z.input<S> & Values;
  /** Gets the parsed values. What it rejects with is shown at its fields, or else is `failure`. */
  submit: (values: z.output<S>) => Promise<void>;
}

/** The fields that don't parse, each with its first message. */
export function checkValues(schema: z.ZodType, values: unknown): Record<string, string> {
  const result = schema.safeParse(values);
  if (result.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) errors[issue.path.join('.')] ??= fieldWords(issue);
  return errors;
}

function without(record: Record<string, string>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

export function useForm<S extends z.ZodType>({ schema, initial, submit }: FormOptions<S>) {
  const [values, setValues] = useState<Values>(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  function recheck(name: string, next: Values) {
    const error = checkValues(schema, next)[name];
    setErrors((current) => (error ? { ...current, [name]: error } : without(current, name)));
  }

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    setFailure(undefined);
    const wrong = checkValues(schema, values);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return focusFirst(form, wrong);
    setBusy(true);
    try {
      await submit(schema.parse(values));
    } catch (error) {
      const refused = fieldErrorsOf(error);
      setErrors(refused);
      if (!focusFirst(form, refused)) setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  /** Properties of a text field. `hint` is what stands below it while there is no error. */
  function field(name: keyof z.input<S> & string, hint?: string) {
    return {
      name,
      value: values[name] ?? '',
      error: name in errors,
      // The line is always there, so that a word below one field never moves the button that is being clicked.
      helperText: errors[name] ?? hint ?? ' ',
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        const next = { ...values, [name]: event.target.value };
        setValues(next);
        if (name in errors) recheck(name, next);
      },
      onBlur: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
        // Passing through an empty field isn't a mistake yet.
        if (event.target.value !== '') recheck(name, values);
      },
    };
  }

  function reset() {
    setValues(initial);
    setErrors({});
    setFailure(undefined);
  }

  return { values, field, onSubmit, busy, failure, reset };
}

/** @returns whether the form has a field of that name to show the error at. */
function focusFirst(form: HTMLFormElement, errors: Record<string, string>): boolean {
  const input = [...form.elements].find(
    (element): element is HTMLInputElement => element instanceof HTMLInputElement && element.name in errors,
  );
  input?.focus();
  return input !== undefined;
}
