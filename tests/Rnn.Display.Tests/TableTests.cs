using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;

namespace Rnn.Display.Tests;

public sealed class TableTests
{
    private static XElement Parse(Table table) => XElement.Parse(table.ToHtml());

    private static string[] Texts(XElement table, string name, string? scope = null) =>
    [
        .. table.Descendants(name).Where(cell => scope is null || (string?)cell.Attribute("scope") == scope)
            .Select(cell => cell.Value),
    ];

    private static Vector<double> Vector(params double[] values) => Vector<double>.Build.Dense(values);

    private static Matrix<double> Matrix(double[,] values) => Matrix<double>.Build.DenseOfArray(values);

    [Fact]
    public void A_matrix_has_a_caption_labels_and_aligned_numbers()
    {
        Matrix<double> values = Matrix(new[,] { { 0.5, -12.25 }, { 3, 0.015625 } });
        XElement table = Parse(Charts.Table(values, "Weights", "hidden unit", "class", ["h0", "h1"], ["up", "down"]));
        Assert.Equal(["Weights"], Texts(table, "caption"));
        Assert.Equal(["class"], Texts(table, "th", "colgroup"));
        Assert.Equal(["hidden unit", "up", "down"], Texts(table, "th", "col"));
        Assert.Equal(["h0", "h1"], Texts(table, "th", "row"));
        Assert.Equal(["0.5000", "-12.2500", "3.0000", "0.0156"], Texts(table, "td").Skip(1));
    }

    [Fact]
    public void Without_labels_rows_and_columns_are_counted_from_zero()
    {
        XElement table = Parse(Charts.Table(Samples.Matrix(3, 2)));
        Assert.Equal(["row", "0", "1"], Texts(table, "th", "col"));
        Assert.Equal(["0", "1", "2"], Texts(table, "th", "row"));
        Assert.Empty(Texts(table, "caption"));
    }

    [Theory]
    [InlineData(new[] { 0.2, 0.5, 0.3 }, new[] { "0.2", "0.5", "0.3" })]
    [InlineData(new[] { 1.0, -20, 300 }, new[] { "1", "-20", "300" })]
    [InlineData(new[] { 0.0, 0 }, new[] { "0", "0" })]
    [InlineData(new[] { 1.0 / 3, 2.0 / 3 }, new[] { "0.333333", "0.666667" })]
    [InlineData(new[] { 1743.123456, 0.5 }, new[] { "1743.12", "0.50" })]
    [InlineData(new[] { 1e-16, 0.0 }, new[] { "1.00000E-16", "0.00000E+00" })]
    [InlineData(new[] { 1.5e300, -1.0 }, new[] { "1.50000E+300", "-1.00000E+00" })]
    [InlineData(new[] { 0.25, double.NaN, double.PositiveInfinity }, new[] { "0.25", "NaN", "Infinity" })]
    public void All_numbers_of_a_table_have_as_many_decimals_as_give_the_largest_six_digits(double[] values, string[] expected)
    {
        XElement table = Parse(Charts.Table(Vector(values)));
        Assert.Equal(expected, Texts(table, "td").Skip(1).Select(text => text.TrimEnd()));
    }

    [Fact]
    public void A_format_of_the_callers_is_filled_up_behind_the_point()
    {
        XElement table = Parse(Charts.Table(Vector(1.5, 22, -0.125, double.NaN), format: "G3"));
        Assert.Equal(["1.5  ", "22    ", "-0.125", "NaN    "], Texts(table, "td").Skip(1));
        Assert.Equal(["1.50", "22.00"], Texts(Parse(Charts.Table(Vector(1.5, 22), format: "F2")), "td").Skip(1));
    }

    [Fact]
    public void Whatever_the_numbers_their_points_stand_below_each_other_and_the_largest_keeps_six_digits() =>
        Gen.Select(Gen.Double[-1, 1].Array[1, 8], Gen.Int[-20, 20]).Sample((mantissas, exponent) =>
        {
            double[] values = [.. mantissas.Select(mantissa => mantissa * Math.Pow(10, exponent))];
            string[] texts = Table.Align(values, null);
            double largest = values.Max(Math.Abs);
            if (texts[0].Contains('.'))
                Assert.Single(texts.Select(text => text.Length - text.IndexOf('.')).Distinct());
            double[] shown = [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.All(values.Zip(shown), pair => Assert.InRange(Math.Abs(pair.Second - pair.First), 0, 5.1e-6 * largest));
        }, iter: 500);

    [Fact]
    public void Texts_and_numbers_mix_column_by_column()
    {
        Table table = Charts.Table(
            ["tensor", "largest", "difference", "entries"], [["dWh", 1.25, 1e-16, 100], ["dWx", -101.5, 0.0, 50]],
            "Against NumPy");
        XElement html = Parse(table);
        Assert.Equal(["dWh", "dWx"], Texts(html, "th", "row"));
        Assert.Equal(["1.25", "1.00000E-16", "100", "-101.50", "0.00000E+00", "50"], Texts(html, "td"));
        Assert.Equal(
            """
            Against NumPy
            tensor  largest   difference  entries
            dWh        1.25  1.00000E-16      100
            dWx     -101.50  0.00000E+00       50
            """.ReplaceLineEndings("\n"), table.ToString());
    }

    [Fact]
    public void A_vector_is_a_row_with_a_name()
    {
        XElement table = Parse(Charts.Table(Vector(1, 2), "Biases", "hidden unit", "bh", ["h0", "h1"]));
        Assert.Equal(["hidden unit"], Texts(table, "th", "colgroup"));
        Assert.Equal(["", "h0", "h1"], Texts(table, "th", "col"));
        Assert.Equal(["bh"], Texts(table, "th", "row"));
        Assert.Equal(["", "1", "2"], Texts(table, "td"));
    }

    [Fact]
    public void A_text_is_no_html()
    {
        Table table = Charts.Table(["<a>"], [["\"x\" & <b>"]], "<i>");
        Assert.DoesNotMatch("<(a|b|i)>", table.ToHtml());
        Assert.Equal(["\"x\" & <b>"], Texts(Parse(table), "th", "row"));
        Assert.Equal(["<i>"], Texts(Parse(table), "caption"));
    }

    [Fact]
    public void A_large_matrix_is_cut_and_says_so()
    {
        XElement table = Parse(Charts.Table(Samples.Matrix(150, 40)));
        Assert.Equal(100, Texts(table, "th", "row").Length);
        Assert.Equal(["The first 100 of 150 rows and 30 of 40 columns."], Texts(table, "p"));
        Assert.Empty(Texts(Parse(Charts.Table(Samples.Matrix(100, 30))), "p"));
    }

    [Fact]
    public void Its_colours_are_the_surroundings_own()
    {
        string style = Regex.Match(Charts.Table(Samples.Matrix(1, 1)).ToHtml(), "<style>(.*?)</style>").Groups[1].Value;
        Assert.All(style.Split('}', StringSplitOptions.RemoveEmptyEntries), rule => Assert.StartsWith(".rnn-table", rule));
        Assert.DoesNotMatch("#[0-9a-f]{3}|rgb|white|black", style.Replace("white-space", ""));
    }
}
