"""Words for the options of registry entries; what has none is read from its name."""

from PySide6.QtCore import QCoreApplication


def option_title(name: str) -> str:
    """The label of an option: “batch_size” reads “Batch size”."""
    return _titles().get(name) or humanise(name)


def option_tip(name: str) -> str:
    """One plain sentence on an option, or an empty string."""
    return _tips().get(name, "")


def choice_text(value: object) -> str:
    """A choice as the user reads it: “relu” reads “ReLU”."""
    return _choices().get(str(value)) or humanise(str(value))


def automatic_text(option: str, name: str | None = None) -> str:
    """The choice of nothing, with what it comes to: “women (automatic)”.

    `name` is the class or group that the data makes of it, where that is a single one.
    """
    meaning = name or _automatic().get(option)
    return choice_text("") if meaning is None else _tr("{} (automatic)").format(meaning)


def humanise(name: str) -> str:
    """“from_class” as “From class”."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Options", text)


def _titles() -> dict[str, str]:
    return {
        "hidden": _tr("Hidden layers"),
        "filters": _tr("Convolutions"),
        "kernel": _tr("Filter size"),
        "profile": _tr("How shares fall"),
        "fraction": _tr("Share that gets it"),
        "positive": _tr("Favourable class"),
        "optimizer": _tr("Optimiser"),
        "batch_size": _tr("Batch"),
        "epochs": _tr("Epochs (no window)"),
        "size": _tr("Words counted"),
        "standardise": _tr("Standardise the numbers"),
        "use_group": _tr("Model sees the group"),
        "group_by": _tr("Groups by"),
        "balanced": _tr("As many of each class"),
        "kinds": _tr("Things"),
        "tied": _tr("On own ground"),
        "pictures": _tr("Pictures a stamp"),
        "target": _tr("Predict"),
        "group": _tr("Group"),
        "header": _tr("First line"),
        "delimiter": _tr("Between columns"),
        "encoding": _tr("Encoding"),
        "sheet": _tr("Sheet"),
    }


def _tips() -> dict[str, str]:
    return {
        "hidden": _tr("Layers of neurons between the inputs and the answer, and their widths."),
        "filters": _tr("Convolution layers, and how many patterns each of them looks for."),
        "kernel": _tr("Width and height of a filter, in pixels."),
        "activation": _tr("What a neuron does with its weighted sum before passing it on."),
        "dropout": _tr("Share of neurons switched off at random in each training step."),
        "shape": _tr("The pattern in which the points lie."),
        "classes": _tr("How many classes of points there are."),
        "points": _tr("How many points are made, all classes together."),
        "noise": _tr("How far the points stray from their shape."),
        "profile": _tr("Shares fall from class to class, or half of the classes become rare."),
        "fraction": _tr("Share of the data that is hit; the rest stays clean."),
        "group": _tr("The group that bias is about; automatic means the smallest."),
        "positive": _tr("The outcome that the group is denied."),
        "label": _tr("Only those with this label are hit; automatic means all of the group."),
        "from_class": _tr("The class that loses labels; automatic means every class."),
        "to_class": _tr("The class that gets them; automatic means the next one."),
        "words": _tr("The most frequent words by name, or all words sent to fixed places."),
        "size": _tr("How many different words a message is turned into counts of."),
        "target": _tr("The column that the model learns to predict."),
        "task": _tr("A class out of several, or a number."),
        "rows": _tr("How many rows to read of a large file."),
        "header": _tr("Whether the first line holds the names of the columns."),
        "delimiter": _tr("The sign that stands between two cells of a line."),
        "sheet": _tr("Which sheet of the workbook to read."),
        "encoding": _tr("How the file writes letters: choose it where accents look wrong."),
        "use_group": _tr("Whether the group is among the columns that the model looks at."),
        "group_by": _tr("Which column says the group; the others stay ordinary columns."),
        "balanced": _tr("Take all rows of the rare class, and draw as many of the other."),
        "kinds": _tr("Which kinds of things are to be told apart."),
        "background": _tr(
            "What is behind the things: one light grey, a ground of any colour, or mostly that of "
            "their kind, as a meadow for mammals and a road for vehicles."
        ),
        "tied": _tr("Share of the pictures on the ground of their kind, where grounds are tied."),
        "pictures": _tr("How many pictures are made of each stamp; all stay in one part."),
        "standardise": _tr("Bring each column to mean 0 and standard deviation 1."),
        "optimizer": _tr(
            "The optimiser: the rule that turns gradients into changes of the weights. "
            "Momentum is SGD with momentum."
        ),
        "batch_size": _tr("How many examples are looked at before the weights change once."),
        "weight_decay": _tr("Pulls all weights towards zero a little in each step."),
        "epochs": _tr("Bounds a run without a window; in the window you press Pause."),
    }


def _automatic() -> dict[str, str]:
    return {
        "label": _tr("All of the group"),
        "from_class": _tr("Every class"),
        "to_class": _tr("The next class"),
    }


def _choices() -> dict[str, str]:
    return {
        "": _tr("automatic"),
        "auto": _tr("Recognise"),
        "margin": _tr("Hard ones"),
        "chance": _tr("Any"),
        "gaussian": _tr("Grain"),
        "impulse": _tr("Black and white specks"),
        "contrast": _tr("Little contrast"),
        "occlusion": _tr("A grey patch"),
        "mcar": _tr("Any (MCAR)"),
        "mar": _tr("By another column (MAR)"),
        "mnar": _tr("High ones (MNAR)"),
        "mean": _tr("A gap, read as the mean"),
        "median": _tr("The median"),
        "zero": _tr("Zero"),
        "relu": _tr("ReLU"),
        "tanh": _tr("tanh"),
        "sigmoid": _tr("sigmoid"),
        "linear": _tr("linear"),
        "pad": _tr("White beside it"),
        "crop": _tr("Only the middle"),
        "stretch": _tr("Stretched"),
        "folder": _tr("Each folder"),
        "xor": _tr("XOR"),
        "moons": _tr("Two moons"),
        "mammals_vehicles": _tr("Mammals, vehicles"),
        "fruit_vegetables": _tr("Fruit, vegetables"),
        "birds_insects": _tr("Birds, insects"),
        "all_kinds": _tr("All nine kinds"),
        "tied": _tr("Tied to the kind"),
        "sgd": _tr("SGD"),
        "momentum": _tr("Momentum"),
        "adam": _tr("Adam"),
        "adamw": _tr("AdamW"),
    }
