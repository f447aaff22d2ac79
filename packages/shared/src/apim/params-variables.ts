/** ${NAME}: the one form that apictl 4.x replaces, and therefore we. */
const reference = /\$\{(\w+)\}/g;

/** The names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name);
}

/**
 * Replaces the variables of a text, once: a value that holds ${OTHER} stays as it is.
 * @param variable the value of a variable, undefined when it is unset or empty
 */
export function substituteText(
  text: string,
  variable: (name: string) => string | undefined,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const replaced = text.replace(reference, (whole, name: string) => {
    const value = variable(name);
    if (value === undefined) missing.push(name);
    return value ?? whole;
  });
  return { text: replaced, missing };
}
