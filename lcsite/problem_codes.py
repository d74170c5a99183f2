"""What each problem code means, in a paragraph: for the contributor guide, for SARIF, for whoever looks a code up.

Only words. A test sees to it that every code that the program can give stands here, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lcsite.publishing.output_check import CODES as OUTPUT_CODES

__all__ = ["CODES"]

_WORDS = """\
unexpected-file: A file stands where nothing of its kind belongs
    Every folder holds certain kinds of files and no others, so that nothing is published by accident. The hint says
    what belongs into the folder. Images go into a folder named media; texts end in .md, data in .yml.

refused-file: A link, a pipe, or a folder that lies too deep
    Only ordinary files inside the site's folder are read. Links to other places, pipes and folders that lie too
    deep are refused, because they could lead out of the site.

unreadable-file: A file that the computer does not hand out
    The disk, a permission or another program is in the way; nobody has written anything wrong. Look at the
    permissions of the file and its folders, and begin again. As it is not known what stands in the file, nothing else
    is judged and nothing is built. The command ends with exit code 3.

refused-name: A file name with signs that not every computer knows
    Names of files and folders become addresses. They consist of small letters from a to z, digits, hyphens and
    points.

reserved-name: A name that is already taken
    Some names belong to pages and folders that the program makes itself, and some cannot be file names on every
    computer. Choose another name.

same-address: Two files that would be published at one address
    about.md and about/index.md both become the page about/. Remove or rename one of the two.

file-too-large: More than fits
    A YAML file and the fields of a page hold up to 64 KiB, the text of a page up to 256 KiB, a table up to 256 KiB,
    an image up to 4 MiB. Split the file, or make the image smaller.

missing-file: A file that others need is not there
    A place needs its index.md, a tool its index.md, a framework its framework.yml, and a site its content/site.yml.

missing-image: A text shows an image that is not there
    The path of an image is counted from the file that shows it. Put the image into the folder media beside the
    text.

broken-link: A link to a file, or to a part of a page, that is not there
    A link to another page of this site names the file of that page, counted from the file in which the link stands,
    such as ../method/index.md. The hint names the file that comes nearest. Places, case studies, tools, criteria and
    texts have pages; assessments and tables have none of their own. Whether the part behind # is there shows on the
    finished page only, so `lcsite build` looks at it, and not `lcsite check`.

wrong-image: An image that is not what its name says
    Images are told by their content, not by their name. They are PNG, JPEG or WebP, up to 24 million pixels.
    Drawings in SVG can hold programs and are not taken.

not-utf8: A file in an old encoding
    All texts are stored as UTF-8, so that every script of the world can stand in them. Editors offer it under "save
    with encoding".

byte-order-mark: An invisible mark at the beginning of a file
    Some editors begin a file with a mark that nobody sees. Save the file as UTF-8 without BOM.

not-normalised: A letter stored in pieces
    A letter with an accent can be stored as one sign or as two. Only the first form (NFC) is used here, so that
    equal words are found as equal. Typing the letter anew mends it.

forbidden-character: An invisible character that does harm
    Control characters, and marks that reorder the words around them, can make a text look different from what it
    says. Joiners, right-to-left marks and emoji are welcome.

yaml-syntax: The fields cannot be read
    Fields are written as name, colon, blank, value; what belongs to a field is indented by two blanks. A value that
    holds a colon followed by a blank, or begins with a special sign, stands in quotation marks.

yaml-no-fields: Fields are expected, and something else is there
    The file or the front matter is empty, is a list or is plain text. Begin with a field such as title.

yaml-feature: A part of YAML that is not used here
    Anchors (&), aliases (*), tags (!), merging (<<), directives (%) and several documents in one file are left out,
    because they hide what a file says. Put the value in quotation marks if the sign is meant as it stands.

yaml-too-much: Too many or too deep
    A file holds up to 5,000 values, nested up to 20 deep. Real content stays far below; split the file.

duplicate-key: The same field twice
    A field stands only once in the same place. Which of the two was meant is a question for people, not for
    programs.

front-matter: A page without its fields
    A page begins with a line of ---, then its fields, then a second line of ---, then the text.

missing-field: A field that is always needed is not there
    The line points at the fields among which it is missing. The guide for this kind of file says what it is for.

unknown-field: A field that nobody knows
    Mostly a slip of the pen; the hint names the field that comes nearest. Unknown fields are refused, because a
    mistyped field would otherwise be lost without a word.

empty-value: A field without a value
    What is not known is left out altogether: delete the line. In an assessment write don't know.

wrong-value: A value that does not fit its field
    The message says what is expected: a date, a number, an id, one of several words. The hint shows how it is
    written.

wrong-shape: A list, a text or fields in the wrong place
    Some fields hold one text, some a list, some have fields of their own. The message says which is expected.

contradiction: Values that do not go together
    Each value is fine for itself, and together they contradict each other or the rules of the method.

raw-html: HTML in a text
    Texts are written in Markdown only, because HTML can carry programs to readers. Code that is quoted stands
    between backticks or in a fenced block; in mathematics put a blank after the sign for smaller: a < b.

refused-link: A link that is not allowed
    Links lead to web addresses (http, https), mail addresses (mailto), telephone numbers (tel) and other pages of
    this site. Addresses hold no blanks, brackets or backslashes; write them as %20 and the like.

address-with-login: An address with a user name or a password
    What stands between // and @ in an address is a login. It would be published; leave it out.

refused-image: An image from elsewhere
    Images stand in the repository, in a folder named media, so that no reader's visit is reported to another host
    and nothing changes or vanishes afterwards.

image-notes: An image that carries more than its picture
    Cameras write down where and when a picture was taken, programs who worked on it, and a second file can hide behind
    the end. All that would be published with the picture. Save the image again without metadata; colour profiles may
    stay. If the picture then lies on its side, turn it before you save it.

image-without-words: An image that says nothing to those who cannot see it
    Write between the square brackets what the image shows, in a few words.

attribute-list: Attributes in a text
    Lists such as {: .class } would change how a page looks or behaves. How things look is decided in one place for
    all.

file-inclusion: A request to put another file in here
    Files are not put into one another, because that could publish what was never meant to be. Copy the words or
    link.

too-tangled: A text that would take very long to render
    Hundreds of headings, short forms or open brackets, tables of ten thousand cells, or twenty quotations within each
    other, are signs of an accident or of an attack. Split the page, or write it flatter.

personal-data: A mail address or a telephone number (warning)
    People may not know that they are being published here. The one place for a public contact is the field contact.

csv-syntax: A table that cannot be read
    Cells are separated by commas. A cell that holds a comma, a quotation mark or a line break stands in quotation
    marks; quotation marks inside it are written twice.

csv-header: The first line is not the agreed one
    The columns of observations.csv and their order are fixed, so that a table can be read without guessing.

csv-row: A row with too many or too few cells
    Every row has as many cells as the first line. Mostly a comma stands in a cell without quotation marks.

formula: A cell that a spreadsheet would run
    Cells that begin with =, +, -, @ or a tab are taken for formulas when the table is opened. Begin with a word;
    numbers may of course have a minus sign.

unknown-reference: A name that leads nowhere
    Something refers to a place, a criterion, a theme, a tool, a practice, a scale, a stage or a framework that is
    not there. The hint names what comes nearest.

duplicate-id: One id for two things
    Ids are told apart within a framework, whatever number the source prints; the printed number goes into label.

nesting: Levels in the wrong order
    From the top: dimension, criterion, group, indicator. Every indicator stands below exactly one criterion,
    because the criterion is the page on which it is explained.

indicator-without-construct: Nothing says what an indicator speaks of
    Belief, priority, plan, practice, outcome and knowledge are never mixed in one figure. Write construct at the
    indicator or at something above it.

measure-missing: A number without a unit
    An indicator that is answered with a number says what it counts and which way is better (measure: unit,
    direction).

measure-misplaced: A measure where nothing is measured
    Only indicators are answered, so only they have a measure.

goalposts: Goalposts that do not fit
    Goalposts stand on indicators with a number scale. They name an aim exactly where the direction is target, and
    there are none where the direction is none.

linked-to: A link from words to deeds that does not fit
    linked_to sets a belief or a priority beside indicators of practice, for the gap between saying and doing.

branch: A question that cannot be decided
    asked_when names another indicator and answers that stand on its scale, and must not come back to itself.

history-behind: A version that the history does not know
    Whoever reads an old scorecard wants to know what has changed since. Add an entry to history.

weight-without-effect: A weight that weighs nothing (warning)
    Weights are shares among neighbours. Where there is no neighbour a weight has no effect.

crosswalk-within: A crosswalk link within one framework
    The crosswalk leads from one framework to another.

duplicate-link: Two entries linked twice
    One link says how two entries stand to each other; a second one could contradict it.

page-without-criterion: A page that would never be shown
    A page in the folder of a framework has the name of one of its criteria.

criterion-without-page: A criterion without a page of its own (warning)
    Readers want to know what a criterion is about. Until the page is written, its statements stand alone.

framework-not-shown: A framework that the site does not list (warning)
    Where `frameworks` stands in `content/site.yml`, only those are shown and checked that it names. Add it there once
    it is to be seen.

part-of-itself: A place within itself
    Places nest: a community in a city, a city in a region. The way up must come to an end.

demonstration: What is invented and what is real are mixed
    Invented places and practices are marked as such everywhere. They are never part of, or attributed to, a real
    place.

framework-version: An assessment of another version
    Questions can change from version to version. An assessment names the version that it answers.

file-name: A file name that contradicts the file
    An assessment is named by its year and its framework, such as 2026-my-framework.yml.

duplicate-assessment: Two assessments of one day
    A place has one assessment for a framework and a date. Put the answers into one file.

later-than-the-site: Something from the future
    The site speaks up to the day named as_of in content/site.yml. Nothing in it may be later.

later-than-the-assessment: An answer that is later than its assessment
    An assessment looks back from its date. A later figure is kept for a later assessment.

unknown-indicator: An answer without a question
    The framework has no indicator of this id. The hint names the one that comes nearest.

answer-to-a-group: An answer to something that is not a question
    Dimensions, criteria and groups are made of questions and not answered themselves.

not-about-the-place: A question about an organisation or a person
    Some questions of a framework are meant for an organisation or for oneself. They say nothing about a place.

answer-off-scale: An answer that does not stand on its scale
    The message names the scale and its answers. Where documents show only that something is there, at least 2 or 2
    to 3 can be written; what is not known is don't know.

always-applies: Not applicable where every place is concerned
    The framework says that this question concerns every place. Answer it, or write don't know.

not-asked: An answer to a question that is not asked (warning)
    Another answer decides whether this question is asked, and it was answered otherwise. The answer is not counted.

resources: Levels that do not fit together
    start is where a place began, within_reach what its available means allow, potential what all its means would
    allow. They lie on the scale of the question, and each is at least as good as the one before.

resources-not-counted: Levels where answers are relative already (warning)
    The answers of this framework are given in relation to the means of a place. A second comparison is not made.

other-unit: A figure in another unit
    The framework says in which unit an indicator is counted. Convert the figure and say so in derived, or show it
    in the context of the place.

older-version: Answers to an older version of a framework (warning)
    The answers keep the meaning that they had, and are read by the version that they name. lcsite migrate carries them
    over to the version that is shown now, and says one by one what can be compared and what cannot.

older-id: A name that only an older version of a framework has (warning)
    The framework calls it otherwise now, or has dropped it, and its history says so. Until you change the line it is
    read by its new name, or passed over.

carried-over: Two files that are not the same round
    carried_from names the file from which answers were carried over to a newer version. Both belong to the same
    framework and the same day, and the older file stays, because it holds what could not be carried over.

version-file: An older version in the wrong place
    The newest version of a framework is framework.yml. Each older one is versions/<version>.yml beside it, and the name
    of the file is the version that stands in it.

version-gap: A version that does not say what became of an entry
    Every entry of an older version that is kept is there under the same id, or its history names it: under renamed with
    its new id, or under dropped with the reason. Otherwise answers would get lost without a word.

meaning-changed: Another meaning under the same number
    Answers of two rounds are compared where the meaning_version is the same. Whoever changes a scale, goalposts, the
    direction, the construct or the wording of an indicator raises it. For the wording this is a warning, because only
    the spelling may have changed.

duplicate-figure: Two figures for one indicator and one year
    Choose the better one and mention the other in its note. Figures that cover something else say so in scope.

copy-missing: A site whose places have not been gathered yet
    content/network.yml names a site of which there is no copy. The command lcsite gather fetches it. Until then nothing
    of that site is shown.

copy-unreachable: A site that cannot be reached
    Nobody answers at the address, the certificate is not good, or the folder is not there. The last good copy stays and
    is shown. Try again later, or ask the publisher.

copy-refused: A site that does not answer as it should
    It sends readers on to another address, sends more than it announced or more than is taken, or takes too long.
    Nothing of it is taken over, and the last good copy stays.

copy-account: A site that gives a wrong account of itself
    Every site publishes lcsite.json, which says who publishes, under which licence, which places there are and which
    files. It is missing, cannot be read, or contradicts the files. The publisher can mend it; lcsite writes this file
    with every build.

copy-licence: A site with another licence than the one agreed
    content/network.yml says under which licence the files of a site are taken over. The site now publishes under
    another one. Whether you may still show its places is a question for people; if so, write the new licence.

copy-changed: A copy that is not what its site published
    The fingerprint of each copied file stands in the account of its site. A file that was changed, lost or added
    since then is refused: nobody speaks for a place but the place itself. lcsite gather takes a whole new copy.

copy-unnamed: A copy of a site that is not named any more
    In gathered/ stands a folder whose site content/network.yml does not name. Name the site again, or remove the
    folder.

copy-same-id: One id for two things
    A place or practice of a gathered site has the id of another one here. Give it another id with rename, or choose
    with places what you take from that site.

copy-left-out: Something of a gathered site that cannot be shown here
    An assessment or a figure of a gathered place belongs to a framework, or to a version of it, that this site does not
    have. It stays in the copy and is not shown. That is no mistake of the place.

form-unknown: A text that is no form of ours
    lcsite import issue knows a form by the headings of its questions. They were changed or taken away, or it is
    another text. Copy the text of the issue as it is, or fill in the form anew.

form-question-twice: A question that stands twice in a form
    Which of the two answers is meant cannot be known. Keep one. Somebody whose own text has the same heading as a
    question writes it in other words.

form-choice: A word that the question does not offer
    Some questions have words to choose from, because pages and lists are made of them. Ask the sender which one comes
    nearest; for an outcome, unknown is always a full answer.

form-answer-missing: A question that needs an answer and has none
    Without it the file would not be right. Ask the sender, who may answer that it is not known. The box at the end says
    that the words are the sender's own and may be published; nobody else can tick it.

table-unreadable: A table that cannot be read
    Tables are CSV or XLSX. What is damaged, locked, very large or of an older kind is refused before anything of it is
    used. Open it in a spreadsheet and save it anew, or send the rows alone.

table-columns: A column that is missing or not known
    Each column of ours is found by its name, by --column OURS=THEIRS, or by a mapping file. The message names those
    that are there. --header says in which row the names of the columns stand.

table-conflict: A row that does not agree with what is there
    Nothing is written over by a table. Where a figure or an answer is there already and differs, somebody has to
    decide: leave the row out, or call the command with --replace. Answers with reasons or evidence beside them are
    changed by hand.
"""
"""Files, fields, values, texts, tables, frameworks, places: the code, its title, and below it the explanation."""

_OF_THE_OUTPUT = (
    "Found when the finished site is inspected, before it takes the place of the old one. The line is that of the "
    "finished page. If a text of yours is the cause, mend it there; if not, it is a fault of this program, and we want "
    "to know."
)


def _explained(words: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for paragraph in words.split("\n\n"):
        heading, _, explanation = paragraph.partition("\n")
        code, _, title = heading.partition(": ")
        yield code, (title, " ".join(explanation.split()))
    for code, rule in OUTPUT_CODES.items():
        yield code, (f"In the finished site: {rule}", _OF_THE_OUTPUT)


CODES: Mapping[str, tuple[str, str]] = MappingProxyType(dict(sorted(_explained(_WORDS))))
"""Code -> (title, explanation)."""
