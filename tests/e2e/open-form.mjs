// Opens a form of a page's element by its properties, without a click, where the way there is not what a test is about.

/** Opens a new form of this type in the page's first element; whatever was open before it is left. */
export function openForm(page, given) {
  return page.evaluate(async (given) => {
    const form = document.querySelector("jackfield-form");
    const before = form.form;
    Object.assign(form, given);
    while (!form.form || form.form === before) await new Promise(requestAnimationFrame);
  }, given);
}
