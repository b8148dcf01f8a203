"""A table in the window for opening it: made, awaited, and its choices changed."""


def answered(dialog, wait_for):
    page = dialog.page
    if page is None:
        return dialog.error.isVisible()
    wanted = dialog.use.isEnabled() if wait_for == "use" else page.refusal.isVisible()
    return wanted or page.error.isVisible()


PEOPLE = "age,sex,town,hired\n" + "".join(
    f"{20 + n % 40},{'fm'[n % 2]},{['Ely', 'Bath'][n % 2]},{'yes' if n % 3 else 'no'}\n"
    for n in range(60)
)


def choose(dialog, name, value):
    dialog.page.form.controls[name].put(value)
    dialog.page.form.controls[name].edited.emit()


def retype(dialog, name, kind):
    head = dialog.page.table.heads.choices[name]
    head.put(kind)
    head.edited.emit()
